import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./icon.tsx";

type Points = readonly (readonly [number, number])[];

interface LanePictureProps {
	readonly src: string | null;
	readonly alt: string;
	/** Drawn over the picture, normalised. */
	readonly polygon?: Points | undefined;
	/** All zones of the camera, where not one lane is meant. */
	readonly zones?: readonly Points[] | undefined;
	/** What stands in the lane: [x1, y1, x2, y2], normalised. */
	readonly box?: readonly [number, number, number, number] | undefined;
	/** Of piled goods: what exactly is meant. */
	readonly outline?: readonly Points[] | undefined;
	readonly tone?: string;
	readonly loading?: "lazy" | "eager";
	/** `cover` fills a 16:9 frame, `whole` takes the picture's own shape. */
	readonly fit?: "cover" | "whole";
	/** What to say where there is no picture. */
	readonly missing?: string;
}

/** A camera's picture with the lane, and what stands in it, drawn over it. */
export function LanePicture(props: LanePictureProps) {
	const {
		src,
		alt,
		polygon,
		zones = polygon ? [polygon] : [],
		box,
		outline = [],
		tone = "",
		loading = "eager",
		fit = "cover",
		missing,
	} = props;
	const { t } = useTranslation();
	const [failedSrc, setFailedSrc] = useState<string | null>(null);
	const [[width, height], setSize] = useState<readonly [number, number]>([16, 9]);
	const shown = src !== null && failedSrc !== src;

	const inPicture = (points: Points) => points.map(([x, y]) => `${x * width},${y * height}`).join(" ");

	function takeSize({ currentTarget: { naturalWidth, naturalHeight } }: SyntheticEvent<HTMLImageElement>) {
		if (naturalWidth > 0 && (naturalWidth !== width || naturalHeight !== height))
			setSize([naturalWidth, naturalHeight]);
	}

	return (
		<div
			className={`picture picture-${fit} ${tone}`}
			style={fit === "whole" ? { aspectRatio: `${width} / ${height}` } : undefined}
		>
			{shown ? (
				<img
					src={src}
					alt={alt}
					loading={loading}
					decoding="async"
					draggable={false}
					onLoad={takeSize}
					onError={() => setFailedSrc(src)}
				/>
			) : (
				<span className="picture-missing">
					<Icon name="camera" size={26} />
					{missing ?? t("wall.noPicture")}
				</span>
			)}
			<svg
				className="picture-drawing"
				viewBox={`0 0 ${width} ${height}`}
				preserveAspectRatio="xMidYMid slice"
				aria-hidden="true"
			>
				{zones.map((zone, index) => (
					<polygon key={index} className="drawn-lane" points={inPicture(zone)} />
				))}
				{outline.map((piece, index) => (
					<g key={index}>
						<polygon className="drawn-outline-ground" points={inPicture(piece)} />
						<polygon className="drawn-outline" points={inPicture(piece)} />
					</g>
				))}
				{box && (
					<rect
						className="drawn-box"
						x={box[0] * width}
						y={box[1] * height}
						width={(box[2] - box[0]) * width}
						height={(box[3] - box[1]) * height}
					/>
				)}
			</svg>
		</div>
	);
}
