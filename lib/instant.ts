/** The zone instants are shown in. */
export type Zone = "utc" | "local";

const parts: Intl.DateTimeFormatOptions = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
  hourCycle: "h23",
};

const formats: Record<Zone, Intl.DateTimeFormat> = {
  utc: new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: "UTC" }),
  local: new Intl.DateTimeFormat("en-GB", parts),
};

/** The farthest instant that JavaScript's dates reach. */
const limitMs = 8.64e15;

function fields(ms: number, zone: Zone) {
  const found: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const part of formats[zone].formatToParts(ms)) found[part.type] = part.value;
  return found;
}

function isShowable(ms: number): boolean {
  return ms >= 0 && ms <= limitMs;
}

/** Writes the time of day: "09:41:07.123". Timestamps no calendar has (-1, overflow) are written as numbers. */
export function formatClock(ms: number, zone: Zone): string {
  if (!isShowable(ms)) return ms === -1 ? "none" : String(ms);
  const f = fields(ms, zone);
  return `${f.hour}:${f.minute}:${f.second}.${f.fractionalSecond}`;
}

/** Writes date and time: "2026-11-22 09:41:07.123". */
export function formatInstant(ms: number, zone: Zone): string {
  if (!isShowable(ms)) return ms === -1 ? "none" : String(ms);
  const f = fields(ms, zone);
  return `${(f.year ?? "").padStart(4, "0")}-${f.month}-${f.day} ${f.hour}:${f.minute}:${f.second}.${f.fractionalSecond}`;
}

/** Writes the time between two instants to the minute: "09:41 – 10:12", with the days where they are not one. */
export function formatSpan(fromMs: number, toMs: number, zone: Zone): string {
  const [from, to] = [formatInstant(fromMs, zone), formatInstant(toMs, zone)];
  const isOneDay = from.slice(0, 10) === to.slice(0, 10);
  return [from, to].map((text) => text.slice(isOneDay ? 11 : 5, 16)).join(" – ");
}

const dayParts: Intl.DateTimeFormatOptions = { day: "numeric", month: "long", year: "numeric" };

const dayFormats: Record<Zone, Intl.DateTimeFormat> = {
  utc: new Intl.DateTimeFormat("en-GB", { ...dayParts, timeZone: "UTC" }),
  local: new Intl.DateTimeFormat("en-GB", dayParts),
};

/** Writes the day: "22 November 2026". */
export function formatDay(ms: number, zone: Zone): string {
  return isShowable(ms) ? dayFormats[zone].format(ms) : String(ms);
}

const written = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?$/;

/** Reads "2026-11-22 09:41", with seconds and milliseconds if there are any; undefined when it is no instant. */
export function parseInstant(text: string, zone: Zone): number | undefined {
  const match = written.exec(text.trim());
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const millisecond = Number((match[7] ?? "0").padEnd(3, "0"));
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  return zone === "utc"
    ? Date.UTC(year, month - 1, day, hour, minute, second, millisecond)
    : new Date(year, month - 1, day, hour, minute, second, millisecond).getTime();
}
