import type { Metadata } from "next";
import { SettingsView } from "@/components/settings/settings-view";
import { Topbar } from "@/components/shell/topbar";

export const metadata: Metadata = { title: "Settings" };

export default function SettingsPage() {
  return (
    <>
      <Topbar crumbs={[{ label: "Settings" }]} />
      <SettingsView />
    </>
  );
}
