import { useTranslation } from "react-i18next";
import type { CallAnswer, CallLane } from "#contract/drill-packs-api.ts";
import { smallPictureUrl } from "../../api/station-api.ts";
import { ClearanceTag, isWorthTelling } from "../../components/clearance-tag.tsx";
import { LanePicture } from "../../components/lane-picture.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { useTicking } from "../../time/clock.ts";
import { formatRoughly } from "../../time/format-duration.ts";
import { formatShort } from "../../time/format-time.ts";
import { CallSign } from "./call-sign.tsx";
import { reasonWords } from "./call-words.ts";

/** From this age on a picture's age is told beside its time. */
const oldMs = 120_000;

interface CallLaneCardProps {
	readonly lane: CallLane;
	readonly loading?: "eager" | "lazy";
}

/** One lane at this minute: state with its reason, and the picture with its time. */
export function CallLaneCard({ lane, loading = "eager" }: CallLaneCardProps) {
	const { t } = useTranslation();
	const { laneId, name, kind, state, clearance, accepted, pictureAt } = lane;
	const why = useTicking((now) => reasonWords(t, lane, now) ?? "");
	return (
		<article
			className={`card call-lane call-lane-${state}`}
			data-testid="call-lane"
			data-lane={laneId}
			data-state={state}
		>
			<LanePicture
				src={pictureAt === null ? null : smallPictureUrl(laneId, pictureAt)}
				alt={t("station.photoOf", { lane: name })}
				loading={loading}
				missing={t("call.noPicture")}
			/>
			<div className="call-lane-words">
				<div className="call-lane-head">
					<h3>{name}</h3>
					<CallSign state={state} />
				</div>
				{kind !== "fire_lane" && <p className="soft">{t(`kind.${kind as "fire_lane"}`)}</p>}
				{why !== "" && <p className="call-why">{why}</p>}
				{accepted > 0 && <p className="call-why">{t("call.accepted", { count: accepted })}</p>}
				{clearance && isWorthTelling(clearance) && <ClearanceTag clearance={clearance} kind={kind as "fire_lane"} />}
				<PictureTime at={pictureAt} />
			</div>
		</article>
	);
}

function PictureTime({ at }: { readonly at: number | null }) {
	const { t } = useTranslation();
	const language = currentLanguage();
	const age = useTicking((now) => (at !== null && now - at > oldMs ? formatRoughly(now - at, language) : ""));
	if (at === null) return null;
	return (
		<p className={age === "" ? "call-time digits" : "call-time call-time-old digits"}>
			{t("call.pictureAt", { time: formatShort(at, language) })}
			{age !== "" && ` · ${t("call.pictureOld", { time: age })}`}
		</p>
	);
}

/** Lanes of the ways first, what is not free before what is. */
export function lanesInOrder({ lanes }: CallAnswer): readonly CallLane[] {
	const rank = { blocked: 0, unknown: 1, free: 2 };
	return [...lanes].sort(
		(a, b) => Number(a.ways.length === 0) - Number(b.ways.length === 0) || rank[a.state] - rank[b.state],
	);
}
