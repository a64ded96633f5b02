// @vitest-environment happy-dom
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { CopyButton } from "@/components/ui/copy-button";

test("copies its text and says so", async () => {
  const user = userEvent.setup();
  render(<CopyButton text="orders" label="Copy the name" />);
  await user.click(screen.getByRole("button", { name: "Copy the name" }));
  expect(await navigator.clipboard.readText()).toBe("orders");
  expect((await screen.findByRole("status")).textContent).toBe("Copied");
});
