"use client";
import { type ReactNode, useState } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";

type Props = Omit<ButtonProps, "onClick"> & {
  /** The button with its menu, open at first: shown once it is wanted. */
  menu: ReactNode;
  /** Fetches the code of that menu; called when a pointer or the focus is near. */
  preload: () => void;
};

/** A button in every row of a long list, whose menu's entries weigh more than the row: their code comes when one is wanted. */
export function LazyMenu({ menu, preload, children, ...rest }: Props) {
  const [isWanted, setWanted] = useState(false);
  if (isWanted) return menu;
  return (
    <Button
      aria-haspopup="menu"
      aria-expanded={false}
      data-state="closed"
      onPointerEnter={preload}
      onFocus={preload}
      onClick={() => setWanted(true)}
      {...rest}
    >
      {children}
    </Button>
  );
}
