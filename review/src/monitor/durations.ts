const seconds: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** The seconds in a duration as Go writes it: `5m`, `1h30m`, `1.5s`. Anything else counts as not given: 0. */
export function secondsOf(duration: string): number {
  if (!/^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/.test(duration)) return 0;
  return [...duration.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)].reduce(
    (total, [, amount, unit = "s"]) => total + Number(amount) * (seconds[unit] ?? 0),
    0,
  );
}
