/** What the rules of each theme ask, for those who look through them by theme. */
export const themes: Readonly<Record<string, string>> = {
  authentication: "Can anyone call it who hasn't proved who they are?",
  authorizers: "Does the proof prove anything?",
  bypass: "Is there a way around it?",
  evidence: "Could you say afterwards who read whose data?",
  governance: "Are exceptions kept in order, and was everything read?",
  identity: "Are those who sign in who they say they are?",
  traffic: "How fast can 37 million records leave?",
  transport: "Can anyone read it on its way?",
};
