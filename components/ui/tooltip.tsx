"use client";
import { cloneElement, type ReactElement, type ReactNode, useEffect, useId, useState } from "react";
import { createPortal } from "react-dom";
import { Kbd } from "@/components/ui/kbd";
import { type Side, placeBeside } from "@/components/ui/place-beside";

type TriggerProps = {
  onPointerEnter?: (event: React.PointerEvent) => void;
  onPointerLeave?: (event: React.PointerEvent) => void;
  onFocus?: (event: React.FocusEvent) => void;
  onBlur?: (event: React.FocusEvent) => void;
  onPointerDown?: (event: React.PointerEvent) => void;
  "aria-describedby"?: string;
};

type Props = {
  label: ReactNode;
  /** The shortcut, as `keyLabels` writes it. */
  keys?: readonly string[];
  side?: Side;
  /** One element that takes the handlers of a tooltip. */
  children: ReactElement<TriggerProps>;
};

const waitMs = 350;

class Delay {
  #timer: ReturnType<typeof setTimeout> | undefined;

  start(run: () => void): void {
    this.cancel();
    this.#timer = setTimeout(run, waitMs);
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}

/**
 * Says what a control does, and its key: after a moment under the pointer, at once with the focus of the keyboard.
 * Of our own because every icon has one: a library's weighs more than the page around it.
 */
export function Tooltip({ label, keys, side = "bottom", children }: Props) {
  const [anchor, setAnchor] = useState<Element>();
  const [delay] = useState(() => new Delay());
  const id = useId();
  const hide = () => {
    delay.cancel();
    setAnchor(undefined);
  };
  useEffect(() => () => delay.cancel(), [delay]);
  useEffect(() => {
    if (anchor === undefined) return undefined;
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && setAnchor(undefined);
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [anchor]);
  return (
    <>
      {cloneElement(children, {
        onPointerEnter: (event) => {
          children.props.onPointerEnter?.(event);
          const element = event.currentTarget;
          if (event.pointerType !== "touch") delay.start(() => setAnchor(element));
        },
        onPointerLeave: (event) => {
          children.props.onPointerLeave?.(event);
          hide();
        },
        onPointerDown: (event) => {
          children.props.onPointerDown?.(event);
          hide();
        },
        onFocus: (event) => {
          children.props.onFocus?.(event);
          if (event.currentTarget.matches(":focus-visible")) setAnchor(event.currentTarget);
        },
        onBlur: (event) => {
          children.props.onBlur?.(event);
          hide();
        },
        ...(anchor ? { "aria-describedby": id } : {}),
      })}
      {anchor &&
        createPortal(
          <div
            ref={(bubble) => {
              if (bubble) placeBeside(bubble, anchor, side);
            }}
            id={id}
            role="tooltip"
            className="pointer-events-none fixed top-0 left-0 z-50 flex max-w-72 animate-pop items-center gap-2 rounded-md bg-raised px-2 py-1 text-xs text-ink shadow-pop"
          >
            {label}
            {keys?.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </div>,
          document.body,
        )}
    </>
  );
}
