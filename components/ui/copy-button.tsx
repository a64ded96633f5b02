"use client";
import { Check, Copy } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";

type Props = Omit<ButtonProps, "onClick"> & {
  /** What is copied; a function is asked when the button is pressed. */
  text: string | (() => string);
  label: string;
  icon?: ReactNode;
};

/** Copies; the icon confirms for a moment in place, with no toast. */
export function CopyButton({ text, label, children, icon, ...rest }: Props) {
  const [copied, setCopied] = useState(false);
  return (
    <Button
      variant="ghost"
      size={children ? "md" : "icon-sm"}
      {...(children ? {} : { "aria-label": label })}
      {...rest}
      onClick={() => {
        void copyText(typeof text === "string" ? text : text()).then((done) => {
          if (!done) return;
          setCopied(true);
          setTimeout(() => setCopied(false), 1_500);
        });
      }}
    >
      {copied ? <Check className="text-ok-mark" /> : (icon ?? <Copy />)}
      {children}
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </Button>
  );
}
