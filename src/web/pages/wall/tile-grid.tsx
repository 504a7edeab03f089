import { type KeyboardEvent, useCallback, useRef, useState } from "react";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { LaneAnswer } from "#contract/wall-api.ts";
import { LaneTile } from "./lane-tile.tsx";
import { tileAfterKey } from "./tile-navigation.ts";

interface TileGridProps {
	readonly lanes: readonly LaneAnswer[];
	readonly openAlerts: ReadonlyMap<string, AlertAnswer>;
	readonly label: string;
	/** Lanes that need nobody are small. */
	readonly smallClear: boolean;
	readonly onOpen: (lane: LaneAnswer) => void;
	readonly onReach: (laneId: string) => void;
}

/** All lanes. Tab reaches one of them, arrows the others. */
export function TileGrid({ lanes, openAlerts, label, smallClear, onOpen, onReach }: TileGridProps) {
	const list = useRef<HTMLUListElement>(null);
	const [reachedId, setReachedId] = useState<string | null>(null);
	const reachable = lanes.some(({ id }) => id === reachedId) ? reachedId : lanes[0]?.id;
	const reach = useCallback(
		(id: string) => {
			setReachedId(id);
			onReach(id);
		},
		[onReach],
	);

	function onKeyDown(event: KeyboardEvent) {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		const tiles = [...(list.current?.querySelectorAll<HTMLElement>("[data-lane]") ?? [])];
		const top = tiles[0]?.offsetTop;
		const columns = Math.max(1, tiles.filter((tile) => tile.offsetTop === top).length);
		const from = tiles.findIndex((tile) => tile === document.activeElement);
		const to = tileAfterKey(event.key, from, columns, tiles.length);
		if (to === null) return;
		event.preventDefault();
		tiles[to]?.focus();
	}

	return (
		<ul ref={list} className="tiles" aria-label={label} onKeyDown={onKeyDown}>
			{lanes.map((lane) => (
				<LaneTile
					key={lane.id}
					lane={lane}
					alert={lane.openAlertId === null ? undefined : openAlerts.get(lane.openAlertId)}
					reachable={lane.id === reachable}
					small={smallClear && lane.state === "clear" && lane.openAlertId === null}
					onOpen={onOpen}
					onReach={reach}
				/>
			))}
		</ul>
	);
}
