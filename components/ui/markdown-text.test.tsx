// @vitest-environment happy-dom
import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { MarkdownText } from "@/components/ui/markdown-text";

test("Markdown of others runs nothing: no HTML, no scripts, no images, no dangerous links", () => {
  const { container } = render(
    <MarkdownText
      text={
        "# Title\n\n<script>alert(1)</script><img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) [b](https://example.com) ![pic](https://example.com/x.png)\n\n| k | v |\n| - | - |\n| 1 | 2 |"
      }
    />,
  );
  expect(container.querySelector("script, img, iframe")).toBeNull();
  expect([...container.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual([
    "",
    "https://example.com",
  ]);
  expect(container.querySelector("h2")?.textContent).toBe("Title");
  expect(container.querySelectorAll("td")).toHaveLength(2);
});
