import { useTranslation } from "react-i18next";
import type { ClearanceAnswer, LaneAnswer } from "#contract/wall-api.ts";

/** Kerb, gap, kerb: the three levels differ in their shape, so that they are told apart without colour. */
const signs = {
	clear: <path d="M2.500 4v16M21.500 4v16M12 18V6M8.500 9.500L12 6l3.500 3.500" />,
	narrowed: <path d="M2.500 4v16M21.500 4v16M6 4v16M18 4v16M12 17V7M9.500 9.500L12 7l2.500 2.500" />,
	blocked: <path d="M2.500 4v16M21.500 4v16M7 7l10 10M17 7L7 17" />,
	share: <path d="M2.500 4v16M21.500 4v16M6 12h12M8.500 9L6 12l2.500 3M15.500 9l2.500 3-2.500 3" />,
} as const;

interface ClearanceTagProps {
	readonly clearance: ClearanceAnswer;
	readonly kind: LaneAnswer["kind"];
}

/** What is left of the lane: metres and level where it is calibrated, else the share of its width. */
export function useClearanceWords(): (props: ClearanceTagProps) => string {
	const { t } = useTranslation();
	return ({ clearance: { share, widthM, level }, kind }) => {
		if (widthM === null) return t("clearance.share", { percent: Math.round(share * 100) });
		const words = t(kind === "aerial_site" ? "clearance.site" : "clearance.width", { m: told(widthM) });
		return level === null ? words : words + t("clearance.level", { level: t(`clearance.${level}`) });
	};
}

/** Rounded down: a lane of 3.98 m is never told to be 4.0 m wide. */
const told = (metres: number) => (Math.floor(metres * 10 + 1e-6) / 10).toFixed(1);

export function ClearanceTag({ clearance, kind }: ClearanceTagProps) {
	const words = useClearanceWords();
	const form = clearance.level ?? "share";
	return (
		<span className={`clearance clearance-${form}`} data-testid="clearance" data-level={form}>
			<svg className="icon" viewBox="0 0 24 24" width={16} height={16} aria-hidden="true" focusable="false">
				{signs[form]}
			</svg>
			{words({ clearance, kind })}
		</span>
	);
}

/** Of a lane that is as it should be there is nothing to say. */
export function isWorthTelling({ share, level }: ClearanceAnswer): boolean {
	return share < 0.995 || (level !== null && level !== "clear");
}
