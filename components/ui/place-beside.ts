/** Where something small stands beside its anchor. */
export type Side = "top" | "bottom" | "left" | "right";

type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
type Size = { readonly width: number; readonly height: number };

const gap = 6;
const margin = 8;

/** The place of a bubble beside its anchor, on the other side where the window ends, and within the window always. */
export function placeOf(bubble: Size, anchor: Box, side: Side, view: Size): { left: number; top: number } {
  const right = anchor.left + anchor.width;
  const bottom = anchor.top + anchor.height;
  const middleLeft = anchor.left + (anchor.width - bubble.width) / 2;
  const middleTop = anchor.top + (anchor.height - bubble.height) / 2;
  const above = anchor.top - gap - bubble.height;
  const below = bottom + gap;
  const before = anchor.left - gap - bubble.width;
  const after = right + gap;
  const fitsBelow = below + bubble.height <= view.height - margin;
  const fitsAfter = after + bubble.width <= view.width - margin;
  const wanted = {
    bottom: { left: middleLeft, top: fitsBelow ? below : above },
    top: { left: middleLeft, top: above >= margin ? above : below },
    right: { left: fitsAfter ? after : before, top: middleTop },
    left: { left: before >= margin ? before : after, top: middleTop },
  }[side];
  const within = (value: number, size: number, room: number) => Math.max(margin, Math.min(value, room - size - margin));
  return {
    left: Math.round(within(wanted.left, bubble.width, view.width)),
    top: Math.round(within(wanted.top, bubble.height, view.height)),
  };
}

/** Moves a bubble that stands at the window's corner beside its anchor. */
export function placeBeside(bubble: HTMLElement, anchor: Element, side: Side): void {
  const size = { width: bubble.offsetWidth, height: bubble.offsetHeight };
  const { left, top } = placeOf(size, anchor.getBoundingClientRect(), side, { width: innerWidth, height: innerHeight });
  bubble.style.left = `${left}px`;
  bubble.style.top = `${top}px`;
}
