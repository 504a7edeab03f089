import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./icon.tsx";

type Points = readonly (readonly [number, number])[];

interface LanePictureProps {
	readonly src: string | null;
	readonly alt: string;
	/** Drawn over the picture, normalised. */
	readonly polygon?: Points | undefined;
	/** [x1, y1, x2, y2], normalised. */
	readonly box?: readonly [number, number, number, number] | undefined;
	readonly tone?: string;
	readonly loading?: "lazy" | "eager";
	/** What to say where there is no picture. */
	readonly missing?: string;
}

/** A camera's picture with the lane, and what stands in it, drawn over it. */
export function LanePicture({ src, alt, polygon, box, tone = "", loading = "eager", missing }: LanePictureProps) {
	const { t } = useTranslation();
	const [failedSrc, setFailedSrc] = useState<string | null>(null);
	const shown = src !== null && failedSrc !== src;
	return (
		<div className={`picture ${tone}`}>
			{shown ? (
				<img
					src={src}
					alt={alt}
					loading={loading}
					decoding="async"
					draggable={false}
					onError={() => setFailedSrc(src)}
				/>
			) : (
				<span className="picture-missing">
					<Icon name="camera" size={26} />
					{missing ?? t("wall.noPicture")}
				</span>
			)}
			<svg className="picture-drawing" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
				{polygon && <polygon className="drawn-lane" points={polygon.map((point) => point.join(",")).join(" ")} />}
				{box && <rect className="drawn-box" x={box[0]} y={box[1]} width={box[2] - box[0]} height={box[3] - box[1]} />}
			</svg>
		</div>
	);
}
