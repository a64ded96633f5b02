"use client";
import { useQuery } from "@tanstack/react-query";
import { useCluster } from "@/components/live/live-provider";
import { Button, type ButtonProps } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import type { AbilityName } from "@/lib/contracts/operations";
import { clusterAbilities } from "@/lib/queries/operations";

/** Why something cannot be done with this cluster; undefined while it can, or before it is known: then the action itself says so. */
export function useInability(ability: AbilityName): string | undefined {
  return useQuery(clusterAbilities(useCluster())).data?.abilities[ability] ?? undefined;
}

/** A button that is grey, and says why, where the cluster cannot do it or this user of it may not. */
export function AbleButton({ ability, onClick, className, ...rest }: ButtonProps & { ability: AbilityName }) {
  const reason = useInability(ability);
  if (reason === undefined) return <Button onClick={onClick} className={className} {...rest} />;
  return (
    <Tooltip label={reason}>
      <Button
        {...rest}
        aria-disabled="true"
        className={`${className ?? ""} cursor-not-allowed text-ink-faint hover:bg-raised`}
      />
    </Tooltip>
  );
}
