import { Suspense, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "wouter";
import type { LaneAnswer } from "#contract/wall-api.ts";
import { mayAdd } from "#core/handling/may-add.ts";
import { account, may } from "../../account.ts";
import { loadCameras } from "../../api/keepclear-api.ts";
import { Icon } from "../../components/icon.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { say } from "../../components/notices.tsx";
import { useLoaded } from "../../api/use-loaded.ts";
import { lazyPage } from "../../i18n/lazy-page.ts";
import { reconnectNow } from "../../live/live-connection.ts";
import { live } from "../../live/live-store.ts";
import { matchesFilter, placeTiles, tileOrder, type WallPicture } from "../../live/wall-picture.ts";
import { useObservable } from "../../observable.ts";
import { AskDialog, type AskedKind } from "../handling/ask-dialog.tsx";
import { useHandlingKeys } from "../handling/handling-keys.ts";
import { useHandling } from "../handling/use-handling.ts";
import { AttentionList } from "./attention-list.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { TileGrid } from "./tile-grid.tsx";
import { useSmallClear } from "./use-small-clear.ts";
import { useWallView } from "./use-wall-view.ts";
import { useWallKeys } from "./use-wall-keys.ts";
import { toggleFullScreen } from "./wall-full.ts";
import { chosenAlertId, chosenLaneId, withOpened } from "./wall-chosen.ts";
import { WallDrawer } from "./wall-drawer.tsx";
import { WallFilter } from "./wall-filter.tsx";
import { useWallFilter } from "./use-wall-filter.ts";
import { PlaceChoices } from "../../filter/place-choices.tsx";
import "./wall.css";

const WallPlans = lazyPage(() => import("../plans/wall-plans.tsx"));

/** The control-room wall. */
export function WallPage() {
	const { t } = useTranslation();
	const { picture, error, liveness } = useObservable(live);
	if (!picture && error !== null) return <Failure title={t("wall.failed")} error={error} onRetry={reconnectNow} />;
	if (!picture) return <WallSkeleton />;
	if (picture.lanes.size === 0 && picture.openAlerts.size === 0) return <EmptyWall />;
	return <Wall picture={picture} stale={liveness.state === "lost"} />;
}

function Wall({ picture, stale }: { readonly picture: WallPicture; readonly stale: boolean }) {
	const { t } = useTranslation();
	const { filter, setFilter, place, setPlace, places, isHere, lanesHere, showAll } = useWallFilter(picture);
	const view = useWallView();
	const [keysShown, setKeysShown] = useState(false);
	const [opened, setOpened] = useSearchParams();
	const searchInput = useRef<HTMLInputElement>(null);
	const reachedLane = useRef<string | null>(null);
	const [asked, setAsked] = useState<{ readonly alertId: string; readonly kind: AskedKind } | null>(null);
	const { problem, add } = useHandling();
	useEffect(() => {
		if (problem !== null) say(problem, "bad");
	}, [problem]);

	const total = useMemo(() => placeTiles(picture.lanes.values()).length, [picture.lanes]);
	const ordered = useMemo(() => tileOrder(lanesHere.values()), [lanesHere]);
	const usedFilter = useDeferredValue(filter);
	const shown = useMemo(() => ordered.filter((lane) => matchesFilter(lane, usedFilter)), [ordered, usedFilter]);
	const shownCount = view.isMap ? ordered.length : shown.length;

	const smallClear = useSmallClear(picture.lanes.size);
	const open = useCallback(
		(what: "alert" | "lane" | "live", id: string) => setOpened((before) => withOpened(before, { [what]: id })),
		[setOpened],
	);
	const openLane = useCallback(
		({ id, openAlertId }: LaneAnswer) => (openAlertId === null ? open("lane", id) : open("alert", openAlertId)),
		[open],
	);
	const openAlert = useCallback((id: string) => open("alert", id), [open]);
	const reach = useCallback((id: string) => {
		reachedLane.current = id;
	}, []);

	useWallKeys({
		onHelp: () => setKeysShown(true),
		onSearch: () => searchInput.current?.focus(),
		onMap: view.toggle,
		onFull: () => void toggleFullScreen(),
		onLive: () => {
			const chosen = chosenLaneId(picture, isHere, reachedLane.current);
			if (chosen !== null) open("live", chosen);
		},
	});

	useHandlingKeys((kind) => {
		if (document.querySelector("dialog[open]")) return false; // the drawer has its own
		const chosen = chosenAlertId(picture, isHere, reachedLane.current);
		const alert = chosen === null ? undefined : picture.openAlerts.get(chosen);
		if (
			!alert ||
			!may(account.value, "handle") ||
			kind === "taken_back" ||
			!(kind === "note" || mayAdd(kind, alert.handling.state))
		)
			return false;
		if (kind === "acknowledged") void add(alert, { kind });
		else setAsked({ alertId: alert.id, kind });
		return true;
	});
	const askedAlert = asked === null ? undefined : picture.openAlerts.get(asked.alertId);

	return (
		<div className={stale ? "wall wall-stale" : "wall"} data-testid="wall">
			<h1 className="visually-hidden">{t("wall.title")}</h1>
			<AttentionList picture={picture} isHere={isHere} onOpen={openAlert} />
			<section className="wall-lanes" aria-labelledby="lanes-title">
				<div className="wall-lanes-head">
					<h2 id="lanes-title">{t("wall.lanes")}</h2>
					<span className="soft digits" role="status" data-testid="lanes-shown">
						{shownCount < total && t("laneFilter.shown", { shown: shownCount, total })}
					</span>
					{shownCount < total && (
						<button type="button" className="button small" data-testid="show-all" onClick={showAll}>
							{t("laneFilter.showAll")}
						</button>
					)}
					<button type="button" className="button quiet small wall-tool" data-testid="wall-view" onClick={view.toggle}>
						<Icon name={view.isMap ? "grid" : "polygon"} />
						{t(view.isMap ? "plan.tiles" : "plan.map")}
					</button>
					<button
						type="button"
						className="button quiet small"
						aria-pressed={smallClear.on}
						data-testid="wall-small-clear"
						onClick={smallClear.toggle}
					>
						<Icon name="grid" />
						{t("wall.smallClear")}
					</button>
					<button
						type="button"
						className="button quiet small"
						data-testid="wall-full"
						onClick={() => void toggleFullScreen()}
					>
						<Icon name="full" />
						{t("wall.full")}
					</button>
					<button type="button" className="button quiet small keys-button" onClick={() => setKeysShown(true)}>
						<Icon name="keyboard" />
						{t("wall.keys")}
					</button>
				</div>
				<PlaceChoices places={places} filter={place} onFilter={setPlace} />
				{!view.isMap && <WallFilter lanes={ordered} filter={filter} onFilter={setFilter} searchInput={searchInput} />}
				{view.isMap ? (
					<Suspense fallback={<p className="loading">{t("app.loading")}</p>}>
						<WallPlans filtered={shownCount < total} lanes={lanesHere} onOpen={openLane} />
					</Suspense>
				) : shown.length > 0 ? (
					<TileGrid
						lanes={shown}
						openAlerts={picture.openAlerts}
						label={t("wall.lanes")}
						smallClear={smallClear.on}
						onOpen={openLane}
						onReach={reach}
					/>
				) : (
					<Message icon="search" title={t("wall.nothing")}>
						<button type="button" className="button" onClick={showAll}>
							{t("wall.clearFilter")}
						</button>
					</Message>
				)}
			</section>
			<WallDrawer
				picture={picture}
				alertId={opened.get("alert")}
				laneId={opened.get("lane")}
				watchedLaneId={opened.get("live")}
				onClose={() => setOpened((before) => withOpened(before, {}))}
			/>
			{asked && askedAlert && <AskDialog alert={askedAlert} kind={asked.kind} onClose={() => setAsked(null)} />}
			{keysShown && <KeysDialog onClose={() => setKeysShown(false)} />}
		</div>
	);
}

function EmptyWall() {
	const { t } = useTranslation();
	const mayConfigure = may(useObservable(account), "configure");
	const cameras = useLoaded("cameras", loadCameras);
	const first = cameras.value?.cameras[0];
	if (!first) {
		return (
			<Message icon="camera" title={t("wall.empty")} hint={t("wall.emptyHint")} testId="wall-empty">
				{mayConfigure && (
					<Link href="/cameras/new" className="button primary">
						<Icon name="plus" />
						{t("wall.addCamera")}
					</Link>
				)}
			</Message>
		);
	}
	const to = cameras.value?.cameras.length === 1 ? `/cameras/${first.id}/zones` : "/cameras";
	return (
		<Message icon="polygon" title={t("wall.emptyLanes")} hint={t("wall.emptyLanesHint")} testId="wall-empty">
			{mayConfigure && (
				<Link href={to} className="button primary">
					<Icon name="polygon" />
					{t("wall.drawZones")}
				</Link>
			)}
		</Message>
	);
}

function WallSkeleton() {
	const { t } = useTranslation();
	return (
		<div className="wall" aria-busy="true" data-testid="wall-loading">
			<p className="visually-hidden" role="status">
				{t("app.loading")}
			</p>
			<div className="attention">
				<div className="skeleton skeleton-card" />
			</div>
			<div className="wall-lanes">
				<div className="tiles">
					{Array.from({ length: 12 }, (_, n) => (
						<div key={n} className="skeleton skeleton-tile" />
					))}
				</div>
			</div>
		</div>
	);
}
