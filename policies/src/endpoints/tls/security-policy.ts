/** The oldest version of TLS that AWS still recommends: 1.2, by the number after the point. */
const oldestRecommended = 2;

/**
 * Whether a security policy of API Gateway or of a load balancer accepts a version of TLS before 1.2. Its name tells the oldest
 * version that it accepts, so a policy that AWS adds later is judged without a list: `TLS_1_0`,
 * `SecurityPolicy_TLS12_PFS_2025_EDGE`, `SecurityPolicy_TLS13_1_2_2021_06`, `ELBSecurityPolicy-TLS13-1-0-2021-06`. The policies
 * that name no version accept TLS 1.0, such as `ELBSecurityPolicy-2016-08`.
 *
 * @param name in any case
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export function acceptsOldTls(name: string): boolean {
  const parts = name.split(/[-_]/);
  // The oldest version stands as 1-2 behind the newest one, or is joined to the name, as in TLS12.
  const written = parts.findIndex((part, place) => part === "1" && /^\d$/.test(parts[place + 1] ?? ""));
  const joined = parts.map((part) => /^TLS1(\d)$/i.exec(part)?.[1]).find((version) => version !== undefined);
  const oldest = written >= 0 ? parts[written + 1] : joined;
  return oldest === undefined || Number(oldest) < oldestRecommended;
}
