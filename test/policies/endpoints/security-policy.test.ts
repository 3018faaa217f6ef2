import { expect, test } from "vitest";
import { acceptsOldTls } from "../../../policies/src/endpoints/tls/security-policy";

test.each([
  ["TLS_1_0", true],
  ["TLS_1_2", false],
  ["SecurityPolicy_TLS12_PFS_2025_EDGE", false],
  ["SecurityPolicy_TLS13_1_2_2021_06", false],
  ["SecurityPolicy_TLS13_1_3_2025_09", false],
  ["ELBSecurityPolicy-TLS13-1-0-2021-06", true],
  ["ELBSecurityPolicy-TLS13-1-2-Res-2021-06", false],
  ["ELBSecurityPolicy-TLS-1-1-2017-01", true],
  ["ELBSecurityPolicy-TLS-1-2-2017-01", false],
  ["ELBSecurityPolicy-FS-1-2-Res-2020-10", false],
  ["elbsecuritypolicy-fs-1-1-2019-08", true],
  ["securitypolicy_tls12_pfs_2025_edge", false],
  ["ELBSecurityPolicy-2016-08", true],
  ["ELBSecurityPolicy-FS-2018-06", true],
  ["1-2", false],
  // A year behind a 1, and what only contains the name of a version, are none.
  ["Policy-1-2021", true],
  ["Policy-1-2nd", true],
  ["Policy-1-2021-TLS12", false],
  ["Policy-MTLS12", true],
  ["Policy-TLS123", true],
  ["", true],
])("%s accepts a version of TLS before 1.2: %s", (name, accepts) => {
  expect(acceptsOldTls(name)).toBe(accepts);
});
