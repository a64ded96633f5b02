// @vitest-environment happy-dom
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Tooltip } from "@/components/ui/tooltip";

test("shows at once with the keyboard's focus, describes its control, and goes with Escape", async () => {
  const user = userEvent.setup();
  render(
    <Tooltip label="Copy the name" keys={["C"]}>
      <button type="button">Copy</button>
    </Tooltip>,
  );
  await user.tab();
  const bubble = await screen.findByRole("tooltip");
  expect(bubble.textContent).toBe("Copy the nameC");
  expect(screen.getByRole("button").getAttribute("aria-describedby")).toBe(bubble.id);
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("tooltip")).toBeNull();
});
