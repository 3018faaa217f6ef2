// The last line of `npm test`: what it left out, and how to run that.
console.log(
  "These were the quick tests. `npm run test:all` runs the others too: the real engine, dozens of processes, fuzzing.",
);
