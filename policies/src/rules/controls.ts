import type { Control } from "./rule";

/** OWASP API Security Top 10, edition 2023. https://owasp.org/API-Security/editions/2023/en/0x11-t10/ */
export const owasp = (id: string): Control => ({
  framework: "OWASP API Security Top 10",
  version: "2023",
  id,
});

/** NIST SP 800-53, revision 5. https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final */
export const nist = (id: string): Control => ({ framework: "NIST SP 800-53", version: "r5", id });

/**
 * AWS Foundational Security Best Practices.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html
 */
export const fsbp = (id: string): Control => ({
  framework: "AWS Foundational Security Best Practices",
  version: "1.0.0",
  id,
});
