export { answerInvoke, canAnswer } from "./answer";
export { blank, type ToFillIn, toFillIn } from "./fill-in";
export { type Fixtures, fixturesOf, noFixtures, readFixtures } from "./fixtures";
export { MissingAnswer, type Question } from "./missing-answer";
export { inOrder, projectFixtures } from "./project-fixtures";
export { filledIn, invokeEntry, type Usage, withMissing } from "./skeleton";
