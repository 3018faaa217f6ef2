import * as authentication from "./authentication";
import * as authorizers from "./authorizers";
import * as bypass from "./bypass";
import * as evidence from "./evidence";
import * as governance from "./governance";
import type { Subject } from "./subject";

/** What is open, whatever stands beside it. */
export const open: readonly Subject[] = [
  ...authentication.open,
  ...authorizers.open,
  ...bypass.open,
  ...evidence.open,
  ...governance.open,
];

/** What is closed, whatever stands beside it. */
export const closed: readonly Subject[] = [
  ...authentication.closed,
  ...authorizers.closed,
  ...bypass.closed,
  ...evidence.closed,
  ...governance.closed,
];
