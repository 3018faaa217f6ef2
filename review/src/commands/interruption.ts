/** Aborted once the user, the terminal or the CI system interrupts this process. */
export function interruption(): AbortSignal {
  const abort = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => abort.abort());
  return abort.signal;
}
