import { useTranslation } from "react-i18next";
import type { LaneAnswer } from "#contract/wall-api.ts";

type LaneState = LaneAnswer["state"];

/** Each state has its own outline, so that it is told apart without colour. */
const signs = {
	occupied: (
		<>
			<path className="sign-fill" d="M7 1h10l6 6v10l-6 6H7l-6-6V7z" />
			<path className="sign-mark" d="M6 12h12" />
		</>
	),
	pending: (
		<>
			<path className="sign-fill" d="M12 2l11 19.500H1z" />
			<path className="sign-mark" d="M12 9v6M12 18.200v.1" />
		</>
	),
	clearing: (
		<>
			<path className="sign-line" d="M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20z" />
			<path className="sign-fill" d="M12 2a10 10 0 0 1 0 20z" />
		</>
	),
	unknown: (
		<>
			<path className="sign-line sign-dashed" d="M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20z" />
			<path className="sign-line" d="M9 9.500a3 3 0 1 1 4.200 2.800c-.9.400-1.200 1-1.200 1.900M12 17.500v.1" />
		</>
	),
	clear: (
		<>
			<path className="sign-line" d="M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20z" />
			<path className="sign-line" d="M7.500 12.300l3.200 3.200 5.800-6.500" />
		</>
	),
} as const;

export function StateSign({ state, size = 18 }: { readonly state: LaneState; readonly size?: number }) {
	return (
		<svg className={`sign sign-${state}`} viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
			{signs[state]}
		</svg>
	);
}

export function StateBadge({ state }: { readonly state: LaneState }) {
	const { t } = useTranslation();
	return (
		<span className={`badge badge-${state}`} title={t(`stateHint.${state}`)}>
			<StateSign state={state} size={15} />
			{t(`state.${state}`)}
		</span>
	);
}
