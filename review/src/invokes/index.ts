export { answerInvoke, canAnswer } from "./answer";
export { type Fixtures, noFixtures, readFixtures } from "./fixtures";
export { projectFixtures } from "./project-fixtures";
