/** Confirms in passing that something was done. The code for it is loaded at the first use. */
export function confirmToast(text: string): void {
  void import("sonner").then(({ toast }) => toast(text));
}
