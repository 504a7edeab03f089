import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PlanAnswer, PlanMarks } from "#contract/plans-api.ts";
import type { SiteFeature } from "#contract/site-cards-api.ts";
import type { LaneAnswer } from "#contract/wall-api.ts";
import { planPictureUrl } from "../../api/plans-api.ts";
import { Icon } from "../../components/icon.tsx";
import { StateSign } from "../../components/state-sign.tsx";
import { FeatureSign } from "./feature-sign.tsx";
import type { PlanPoint } from "./plan-editor.ts";
import "./plans.css";

interface SitePlanProps<L> {
	readonly plan: PlanAnswer;
	readonly marks?: PlanMarks;
	readonly lanes: ReadonlyMap<string, L>;
	/** What stands on the site's card: drawn where the plan has a place for it. */
	readonly features?: readonly SiteFeature[];
	/** Absent: nothing can be opened. */
	readonly onOpen?: (lane: L) => void;
	readonly children?: ReactNode;
}

/** A site's plan with its lanes in the colours of now. Every lane has its sign and its name: never colour alone. */
export function SitePlan<L extends Pick<LaneAnswer, "name" | "state">>({
	plan,
	marks = plan.marks,
	lanes,
	features = [],
	onOpen,
	children,
}: SitePlanProps<L>) {
	const { t } = useTranslation();
	const { siteId, pictureId, widthPx, heightPx } = plan;
	const drawn = marks.lanes.flatMap((mark) => {
		const lane = lanes.get(mark.laneId);
		return lane ? [{ ...mark, lane }] : [];
	});
	return (
		<div
			className="site-plan"
			data-testid="site-plan"
			data-site={siteId}
			style={{ aspectRatio: `${widthPx} / ${heightPx}` }}
		>
			<img src={planPictureUrl(siteId, pictureId)} alt={t("plan.pictureOf", { site: siteId })} draggable={false} />
			<svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">
				{drawn.map(({ laneId, points, lane }) => (
					<g key={laneId}>
						<polyline className="plan-line-ground" points={inThousands(points)} />
						<polyline className={`plan-line plan-line-${lane.state}`} points={inThousands(points)} />
					</g>
				))}
			</svg>
			{marks.cameras.map(({ cameraId, at }) => (
				<span key={cameraId} className="plan-camera" style={placed(at)} aria-hidden="true">
					<Icon name="camera" size={16} />
				</span>
			))}
			{marks.features.map(({ featureId, at }) => {
				const feature = features.find(({ id }) => id === featureId);
				if (!feature) return null;
				return (
					<span
						key={featureId}
						className="plan-feature"
						style={placed(at)}
						title={feature.name}
						data-testid="plan-feature"
					>
						<FeatureSign kind={feature.kind} />
						<span>{feature.name}</span>
					</span>
				);
			})}
			{drawn.map(({ laneId, points, lane }) => (
				<button
					key={laneId}
					type="button"
					className={`plan-lane plan-lane-${lane.state}`}
					style={placed(middleOf(points))}
					disabled={!onOpen}
					data-lane={laneId}
					data-state={lane.state}
					data-testid="plan-lane"
					onClick={() => onOpen?.(lane)}
				>
					<StateSign state={lane.state} size={18} />
					<span>{lane.name}</span>
					<span className="visually-hidden">{t(`state.${lane.state}`)}</span>
				</button>
			))}
			{children}
		</div>
	);
}

export const placed = ([x, y]: PlanPoint) => ({ left: `${100 * x}%`, top: `${100 * y}%` });

const inThousands = (points: readonly PlanPoint[]) => points.map(([x, y]) => `${1000 * x},${1000 * y}`).join(" ");

/** Of the stretch in the middle. */
function middleOf(points: readonly PlanPoint[]): PlanPoint {
	const before = Math.floor((points.length - 1) / 2);
	const [[x1, y1] = [0, 0], [x2, y2] = [0, 0]] = [points[before], points[before + 1]];
	return [(x1 + x2) / 2, (y1 + y2) / 2];
}
