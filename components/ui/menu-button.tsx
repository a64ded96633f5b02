"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useRef, useState } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";

const loadSheet = () => import("@/components/ui/menu-sheet").then((module) => module.MenuSheet);
const MenuSheet = dynamic(loadSheet, { ssr: false });

/** One action of a menu. */
export type MenuEntry = {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly isDanger?: boolean;
  /** A line stands above it. */
  readonly isApart?: boolean;
  /** Why it cannot be chosen: it stands greyed, with this below it. */
  readonly disabledReason?: string;
  readonly onSelect: () => void;
};

/** A choice of one of several words. */
export type MenuChoices = {
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (value: string) => void;
};

/** A word that is on or off; the menu stays open. */
export type MenuCheck = { readonly label: string; readonly isOn: boolean; readonly onToggle: () => void };

type Props = Omit<ButtonProps, "onClick"> & {
  /** What the menu is called. */
  menuLabel: string;
  entries?: readonly MenuEntry[];
  choices?: MenuChoices;
  checks?: readonly MenuCheck[];
  align?: "start" | "end";
  /** For a button that was pressed before its menu's code was there. */
  isOpenAtFirst?: boolean;
  /** For the box that the button stands in. */
  boxClassName?: string;
};

/** A button with a menu. Menus are many and opened rarely, so their code comes when a pointer or the focus is near. */
export function MenuButton({
  menuLabel,
  entries,
  choices,
  checks,
  align = "end",
  isOpenAtFirst = false,
  boxClassName = "inline-flex",
  children,
  ...rest
}: Props) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const button = useRef<HTMLButtonElement>(null);
  const preload = () => void loadSheet();
  return (
    <span className={`relative ${boxClassName}`}>
      <Button
        ref={button}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        data-state={isOpen ? "open" : "closed"}
        onPointerEnter={preload}
        onFocus={preload}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          setOpen(true);
        }}
        {...rest}
      >
        {children}
      </Button>
      {isOpen && (
        <MenuSheet
          label={menuLabel}
          entries={entries}
          choices={choices}
          checks={checks}
          align={align}
          onOpenChange={setOpen}
          button={button}
        />
      )}
    </span>
  );
}
