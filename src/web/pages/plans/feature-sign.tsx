import type { FeatureKind } from "#contract/site-cards-api.ts";

/** Each kind has its own shape and colour, on white: told apart on any plan, and in grey too. */
const signs = {
	gate: (
		<>
			<rect x="2" y="2" width="20" height="20" rx="3" fill="#0b5cad" />
			<path d="M6 18V6M18 18V6M6 9l12 6M6 15l12-6" stroke="#fff" strokeWidth="2" fill="none" />
		</>
	),
	bollard: (
		<>
			<rect x="2" y="2" width="20" height="20" rx="10" fill="#8a5300" />
			<path d="M7 18v-6a2 2 0 0 1 4 0v6zM13 18v-6a2 2 0 0 1 4 0v6z" fill="#fff" />
		</>
	),
	hydrant: (
		<>
			<path d="M12 1l11 11-11 11L1 12z" fill="#b3261e" />
			<text x="12" y="16.500" fontSize="12" fontWeight="700" textAnchor="middle" fill="#fff">
				H
			</text>
		</>
	),
	aerial_site: (
		<>
			<rect x="1" y="4" width="22" height="16" fill="#1f6f43" />
			<path
				d="M5 17l14-9M7.500 17.500l-2-3M11 15.300l-2-3M14.500 13l-2-3M18 10.800l-2-3"
				stroke="#fff"
				strokeWidth="2"
			/>
		</>
	),
} as const;

export function FeatureSign({ kind, size = 20 }: { readonly kind: FeatureKind; readonly size?: number }) {
	return (
		<svg className="feature-sign" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
			{signs[kind]}
		</svg>
	);
}
