import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isDate, longestAhead, reviewDates, weekOf } from "../../../review/src/baseline/review-dates";

const monday = "2026-11-30";
const day = fc.date({ min: new Date("2026-01-01"), max: new Date("2030-12-31"), noInvalidDate: true });
const isoDay = day.map((date) => date.toISOString().slice(0, 10));
const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

describe("the review dates", () => {
  test.each([
    ["none for nothing", 0, monday, 2, []],
    ["one on the first day", 1, monday, 2, ["2026-12-07"]],
    ["two in different weeks", 2, monday, 2, ["2026-12-07", "2026-12-14"]],
    ["as many as days, one a day", 5, monday, 1, ["07", "08", "09", "10", "11"].map((at) => `2026-12-${at}`)],
    ["from a Sunday, the week after the next begins them", 1, "2026-11-29", 1, ["2026-12-07"]],
    ["from a Tuesday, nobody has less than a week", 1, "2026-12-01", 1, ["2026-12-14"]],
    [
      "more than days, shared out",
      6,
      monday,
      1,
      ["07", "07", "08", "09", "10", "11"].map((at) => `2026-12-${at}`),
    ],
  ])("%s", (_situation, count, from, weeks, dates) => {
    expect(reviewDates(count, from, weeks)).toEqual(dates);
  });

  test("whatever there is to review: never at a weekend, never within a week, the first of it first, evenly", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        isoDay,
        fc.integer({ min: 1, max: 26 }),
        (count, from, weeks) => {
          const dates = reviewDates(count, from, weeks);
          expect(dates).toHaveLength(count);
          expect(dates).toEqual(dates.toSorted());
          for (const date of dates) {
            expect([0, 6]).not.toContain(new Date(`${date}T00:00:00Z`).getUTCDay());
            expect(daysBetween(from, date)).toBeGreaterThanOrEqual(7);
            expect(daysBetween(from, date)).toBeLessThanOrEqual(longestAhead(from, weeks));
          }
          const onOneDay = Math.max(...dates.map((date) => dates.filter((other) => other === date).length));
          expect(onOneDay).toBeLessThanOrEqual(Math.ceil(count / (weeks * 5)));
        },
      ),
    );
  });

  test("a week is named by its Monday", () => {
    expect(["2026-11-30", "2026-12-02", "2026-12-06", "2026-12-07"].map(weekOf)).toEqual([
      ...[monday, monday, monday],
      "2026-12-07",
    ]);
  });

  test.each([
    ["2027-01-31", true],
    ["2027-02-29", false],
    ["2028-02-29", true],
    ["31.1.2027", false],
    ["2027-1-31", false],
    ["tomorrow", false],
  ])("%s is a date of the calendar: %s", (text, is) => {
    expect(isDate(text)).toBe(is);
  });
});
