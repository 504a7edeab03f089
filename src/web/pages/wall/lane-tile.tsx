import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { LaneAnswer } from "#contract/wall-api.ts";
import { pictureUrl } from "../../api/keepclear-api.ts";
import { ClearanceTag, isWorthTelling } from "../../components/clearance-tag.tsx";
import { ExemptTag } from "../../components/exempt-tag.tsx";
import { LanePicture } from "../../components/lane-picture.tsx";
import { BlindToday } from "../../components/lane-unknown.tsx";
import { StateSign } from "../../components/state-sign.tsx";
import { TickingDwell, TickingRoughly } from "../../components/ticking.tsx";
import { useTicking } from "../../time/clock.ts";
import { NextTimer } from "../handling/timers.tsx";
import "../handling/handling.css";

/** The wall shows what the place looks like; the picture of one camera that is looked at comes each second. */
const newPictureEveryMs = 10_000;

interface LaneTileProps {
	readonly lane: LaneAnswer;
	readonly alert: AlertAnswer | undefined;
	/** The one tile that Tab reaches; arrows go on from it. */
	readonly reachable: boolean;
	/** Without its picture: of what needs nobody, on a wall of many. */
	readonly small: boolean;
	readonly onOpen: (lane: LaneAnswer) => void;
	readonly onReach: (id: string) => void;
}

export const LaneTile = memo(function LaneTile({ lane, alert, reachable, small, onOpen, onReach }: LaneTileProps) {
	const { t } = useTranslation();
	const { id, name, kind, state, reason, since, cameraName, polygon, clearance } = lane;
	const left = clearance && isWorthTelling(clearance) ? clearance : null;
	return (
		<li className={small ? "small" : undefined}>
			<button
				type="button"
				className={small ? `tile tile-small tile-${state}` : `tile tile-${state}`}
				data-lane={id}
				data-state={state}
				data-testid="lane-tile"
				tabIndex={reachable ? 0 : -1}
				onFocus={() => onReach(id)}
				onClick={() => onOpen(lane)}
			>
				<span className="tile-head">
					<StateSign state={state} size={20} />
					<span className="tile-state">{t(`state.${state}`)}</span>
					{since !== null && (
						<span className="tile-since">
							{state === "occupied" || state === "clearing" || state === "pending" ? (
								<TickingDwell since={alert?.enteredAt ?? since} />
							) : (
								<TickingRoughly since={since} />
							)}
						</span>
					)}
				</span>
				{!small && <TilePicture lane={lane} polygon={polygon} />}
				<span className="tile-foot">
					<strong>{name}</strong>
					{!small && (
						<span className="tile-camera">
							{reason !== null && state === "unknown" ? t(`reason.${reason}`) : cameraName}
						</span>
					)}
					{left && <ClearanceTag clearance={left} kind={kind} />}
					<BlindToday lane={lane} fromMs={60_000} />
					{mayBeExempt(lane) && <ExemptTag lane={lane} />}
					{alert && <AlertTag alert={alert} />}
				</span>
			</button>
		</li>
	);
});

function TilePicture({ lane, polygon }: { readonly lane: LaneAnswer; readonly polygon: LaneAnswer["polygon"] }) {
	const { cameraId, pictureAt, state } = lane;
	const shift = shiftOf(cameraId);
	const fresh = useTicking((now) => now - ((now + shift) % newPictureEveryMs));
	const at = pictureAt === null ? null : state === "unknown" ? pictureAt : Math.max(pictureAt, fresh);
	return (
		<LanePicture
			src={at === null ? null : pictureUrl(cameraId, at)}
			alt=""
			polygon={polygon}
			tone={`tone-${state}`}
			loading="lazy"
		/>
	);
}

/** Most lanes never are: they need not be asked each second. */
const mayBeExempt = ({ armed, permits }: LaneAnswer) => armed !== undefined || (permits ?? []).length > 0;

/** Not all pictures in one second: every camera has its own, the same for all its lanes. */
function shiftOf(cameraId: string): number {
	let sum = 0;
	for (let at = 0; at < cameraId.length; at += 1) sum = (31 * sum + cameraId.charCodeAt(at)) % newPictureEveryMs;
	return sum - (sum % 1_000);
}

/** Where its handling stands, in a few words, and the target that runs. */
export function AlertTag({ alert }: { readonly alert: AlertAnswer }) {
	const { t } = useTranslation();
	const { state, who, level } = alert.handling;
	const words = t(`handling.state_${state}`);
	return (
		<span className="alert-tag">
			<span className={level === null ? "tag" : "tag tag-loud"}>
				{who === null ? words : `${words} · ${who}`}
				{level !== null && ` · ${t(`handling.level_${level}`)}`}
			</span>
			<NextTimer handling={alert.handling} />
		</span>
	);
}
