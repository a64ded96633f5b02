import type { Zone } from "@/lib/instant";

/** Intervals of a value axis: more hairlines than this only make noise. */
const intervalsMax = 4;

/**
 * Ticks of an axis from zero to at least `max`, on round numbers. Whole ones only when the values are, since half a message is none.
 */
export function valueTicks(max: number, isWhole: boolean): readonly number[] {
  if (!(max > 0)) return [0];
  const power = 10 ** Math.floor(Math.log10(max / intervalsMax));
  const steps = [1, 2, 2.5, 5, 10].map((factor) => factor * power).filter((step) => isWritable(step, isWhole));
  const step = steps.find((one) => Math.ceil(max / one) <= intervalsMax) ?? 1;
  return Array.from({ length: Math.ceil(max / step) + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

const secondSteps = [1, 2, 5, 10, 15, 30].map((seconds) => seconds * 1_000);

/** The same for milliseconds: on times as people divide them, quarters of an hour and not of a thousand seconds. */
export function durationTicks(maxMs: number): readonly number[] {
  const step = [...secondSteps, ...timeSteps].find((one) => Math.ceil(maxMs / one) <= intervalsMax);
  if (maxMs < 1_000 || step === undefined) return valueTicks(maxMs, true);
  return Array.from({ length: Math.ceil(maxMs / step) + 1 }, (_, i) => i * step);
}

/** Quarters of small numbers take more digits than an axis has. */
function isWritable(step: number, isWhole: boolean): boolean {
  return Number.isInteger(step) || (!isWhole && !String(step).endsWith("25"));
}

/** A value as an axis has it: no zeros behind the point, no number for none, and no space, at which a chart breaks its labels. */
export function tickText(text: string): string {
  const short = text.replace(/(\.\d*?)0+(?!\d)/, "$1").replace(/\.(?!\d)/, "");
  return short.replace(/^0 \D+$/, "0").replaceAll(" ", "\u00A0");
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const timeSteps = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minuteMs),
  ...[1, 2, 3, 6, 12].map((hours) => hours * hourMs),
  ...[1, 2, 5, 10].map((days) => days * dayMs),
] as const;

/** Ticks of a time axis. */
export type TimeTicks = { readonly times: readonly number[]; readonly stepMs: number };

/** At most `count` round times of day between two instants, in the zone they are read in; none so near an end that its label would stick out. */
export function timeTicks(fromMs: number, toMs: number, zone: Zone, count = 5): TimeTicks {
  const span = toMs - fromMs;
  const stepMs = timeSteps.find((step) => span / step <= count) ?? 10 * dayMs;
  const offset = zone === "utc" ? 0 : -new Date(toMs).getTimezoneOffset() * minuteMs;
  const margin = span / 25;
  const times: number[] = [];
  const first = Math.ceil((fromMs + margin + offset) / stepMs) * stepMs - offset;
  for (let at = first; at <= toMs - margin; at += stepMs) times.push(at);
  return { times, stepMs };
}

const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const day: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };
const formats: Record<Zone, { readonly clock: Intl.DateTimeFormat; readonly day: Intl.DateTimeFormat }> = {
  utc: {
    clock: new Intl.DateTimeFormat("en-GB", { ...clock, timeZone: "UTC" }),
    day: new Intl.DateTimeFormat("en-GB", { ...day, timeZone: "UTC" }),
  },
  local: { clock: new Intl.DateTimeFormat("en-GB", clock), day: new Intl.DateTimeFormat("en-GB", day) },
};

/** Writes a tick: "09:41", or "22 Nov" where ticks are days apart. */
export function formatTick(ms: number, stepMs: number, zone: Zone): string {
  const format = stepMs >= dayMs ? formats[zone].day : formats[zone].clock;
  return tickText(format.format(ms));
}
