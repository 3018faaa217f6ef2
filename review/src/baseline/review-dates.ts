const dayInMilliseconds = 86_400_000;
const workingDaysInWeek = 5;
/** Nobody has to review anything before that, however dangerous it is. */
const fewestDaysAhead = 7;

/**
 * Review dates for things in the order of their danger: the most dangerous first, and as evenly as possible over the working days of
 * some weeks, of which the first begins at least 7 days after `from`. So nobody has to review everything on one day, or tomorrow.
 *
 * @param count how many
 * @param from an ISO date
 * @returns ISO dates, one for each
 */
export function reviewDates(count: number, from: string, weeks: number): readonly string[] {
  const monday = firstMonday(from);
  const days = weeks * workingDaysInWeek;
  return Array.from({ length: count }, (_, index) => {
    const day = Math.floor((index * days) / count);
    const week = Math.floor(day / workingDaysInWeek);
    return isoDate(monday + (week * 7 + (day % workingDaysInWeek)) * dayInMilliseconds);
  });
}

/** How many days after `from` the last of these dates may be. */
export function longestAhead(from: string, weeks: number): number {
  return (firstMonday(from) - timeOf(from)) / dayInMilliseconds + (weeks - 1) * 7 + workingDaysInWeek - 1;
}

/** The Monday of the week that an ISO date is in. */
export function weekOf(date: string): string {
  return isoDate(timeOf(date) - daysSinceMonday(date) * dayInMilliseconds);
}

/** Whether the calendar has a date, written as `2027-01-31`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = timeOf(text);
  return !Number.isNaN(time) && isoDate(time) === text;
}

function firstMonday(from: string): number {
  return timeOf(from) + (fewestDaysAhead + ((7 - daysSinceMonday(from)) % 7)) * dayInMilliseconds;
}

function daysSinceMonday(date: string): number {
  return (new Date(timeOf(date)).getUTCDay() + 6) % 7;
}

function timeOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

function isoDate(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
