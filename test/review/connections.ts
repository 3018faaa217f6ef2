import { createServer, type Socket } from "node:net";
import { afterAll, beforeAll } from "vitest";

/** The connection from a running process. */
export interface Connection {
  readonly socket: Socket;
  /** The connection ends with its process. */
  readonly closed: Promise<void>;
}

/** Tells a test that a process runs or is gone, without waiting for a fixed time. */
export interface Connections {
  /** The next process that connects under this name. */
  connection(name: string): Promise<Connection>;
  /** Code that connects under a name. `connected` is a promise in it. The process ends when it receives data. */
  connect(name: string): string;
}

/** Listens during a file's tests, or those of a `describe`. */
export function connections(): Connections {
  const server = createServer();
  const waiting = new Map<string, (socket: Socket) => void>();
  let port = 0;
  beforeAll(async () => {
    server.on("connection", (socket) => {
      socket.on("error", () => {}).once("data", (name) => waiting.get(String(name))?.(socket));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    port = (server.address() as { port: number }).port;
  });
  afterAll(() => server.close());
  return {
    connection: (name) =>
      new Promise((done) => {
        waiting.set(name, (socket) => {
          socket.resume();
          done({ socket, closed: new Promise((closed) => socket.once("close", () => closed())) });
        });
      }),
    connect: (name) => `
      const socket = require("node:net").connect(${port}, "127.0.0.1").on("error", () => {}).on("data", () => process.exit());
      const connected = new Promise((done) => socket.write(${JSON.stringify(name)}, done));`,
  };
}

export async function allClosed(processes: readonly Connection[]): Promise<void> {
  await Promise.all(processes.map(({ closed }) => closed));
}
