import { Fragment, type KeyboardEvent, useCallback, useLayoutEffect, useRef, useState } from "react";
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

const isNeeded = ({ state, openAlertId }: LaneAnswer) => state !== "clear" || openAlertId !== null;

/** All lanes, those that may need somebody first. Tab reaches one of them, arrows the others. */
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

	// A tile that goes to the other group is made anew: the keyboard stays with it.
	const focused = useRef<string | null>(null);
	useLayoutEffect(() => {
		if (focused.current === null || document.activeElement !== document.body) return;
		const tile = list.current?.querySelector<HTMLElement>(`[data-lane="${CSS.escape(focused.current)}"]`);
		tile?.focus({ preventScroll: true });
	}, [lanes]);

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

	const tileOf = (lane: LaneAnswer) => (
		<LaneTile
			key={lane.id}
			lane={lane}
			alert={lane.openAlertId === null ? undefined : openAlerts.get(lane.openAlertId)}
			reachable={lane.id === reachable}
			small={smallClear && !isNeeded(lane)}
			onOpen={onOpen}
			onReach={reach}
		/>
	);

	// In two groups: within one, a tile that comes up from the end would have all that it passes put in their places anew.
	return (
		<ul
			ref={list}
			className="tiles"
			aria-label={label}
			onKeyDown={onKeyDown}
			onFocus={({ target }) => (focused.current = target.closest<HTMLElement>("[data-lane]")?.dataset["lane"] ?? null)}
			onBlur={({ relatedTarget }) => {
				if (relatedTarget) focused.current = null;
			}}
		>
			<Fragment key="needed">{lanes.filter(isNeeded).map(tileOf)}</Fragment>
			<Fragment key="calm">{lanes.filter((lane) => !isNeeded(lane)).map(tileOf)}</Fragment>
		</ul>
	);
}
