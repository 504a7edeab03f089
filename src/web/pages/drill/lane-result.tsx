import { useTranslation } from "react-i18next";
import { laneResults, mostPhotosOfLane } from "#contract/drills-api.ts";
import { maxPhotoBytes } from "#contract/guard-api.ts";
import { drillPhotoUrl } from "../../api/station-api.ts";
import { Field } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { PhotoButton } from "../../components/photo-button.tsx";
import { say } from "../../components/notices.tsx";
import { StateSign } from "../../components/state-sign.tsx";
import type { DraftLane, Mistake } from "./drill-draft.ts";

const signOf = { passed: "clear", failed: "occupied", not_tried: "unknown" } as const;

interface LaneResultProps {
	readonly siteId: string;
	readonly lane: DraftLane;
	readonly name: string;
	readonly pictures: ReadonlyMap<string, string>;
	readonly refusedPhoto: string | null;
	readonly mistakeAt: (name: string) => Mistake | undefined;
	readonly onChange: (part: Partial<DraftLane>) => void;
	readonly onPhoto: (photo: Blob) => void;
	readonly onRemovePhoto: (photoId: string) => void;
}

/** What was found of one lane: passed or not with why, minutes, cars, photos. */
export function LaneResult(props: LaneResultProps) {
	const { lane, name, mistakeAt, onChange } = props;
	const { t } = useTranslation();
	const wrong = (place: string) => {
		const mistake = mistakeAt(place);
		return mistake && t(`drill.${mistake}`);
	};
	return (
		<fieldset className="card drill-lane" data-testid="drill-lane" data-lane={lane.laneId}>
			<legend>{name}</legend>
			<div className="drill-results" role="radiogroup" aria-label={`${name} · ${t("drill.result")}`}>
				{laneResults.map((result) => (
					<label key={result} className={lane.result === result ? "drill-result drill-result-on" : "drill-result"}>
						<input
							type="radio"
							name={`result ${lane.laneId}`}
							checked={lane.result === result}
							onChange={() => onChange({ result })}
						/>
						<StateSign state={signOf[result]} size={20} />
						{t(`station.result_${result}`)}
					</label>
				))}
			</div>
			{lane.result === "failed" && (
				<Field label={t("drill.why")} error={wrong("why")}>
					{(ids) => (
						<textarea
							{...ids}
							rows={2}
							name="why"
							maxLength={500}
							value={lane.why}
							onChange={({ target }) => onChange({ why: target.value })}
						/>
					)}
				</Field>
			)}
			{lane.result !== "not_tried" && (
				<>
					<div className="drill-numbers">
						{(["minutesToReach", "carsMoved"] as const).map((field) => (
							<Field key={field} label={t(`drill.${field}`)} error={wrong(field)}>
								{(ids) => (
									<input
										{...ids}
										name={field}
										inputMode={field === "carsMoved" ? "numeric" : "decimal"}
										value={lane[field]}
										onChange={({ target }) => onChange({ [field]: target.value })}
									/>
								)}
							</Field>
						))}
					</div>
					<LanePhotos {...props} />
				</>
			)}
		</fieldset>
	);
}

function LanePhotos({ siteId, lane, name, pictures, refusedPhoto, onPhoto, onRemovePhoto }: LaneResultProps) {
	const { t } = useTranslation();
	const isFull = lane.photos.length >= mostPhotosOfLane;

	function take(photo: File) {
		if (photo.size > maxPhotoBytes) say(t("drill.photoTooLarge"), "bad");
		else if (photo.type !== "image/jpeg" && photo.type !== "image/png") say(t("drill.photoWrongType"), "bad");
		else onPhoto(photo);
	}

	return (
		<div className="drill-photo-row">
			{lane.photos.map((photo) => (
				<span key={photo} className={photo === refusedPhoto ? "draft-photo draft-photo-refused" : "draft-photo"}>
					<img src={pictures.get(photo) ?? drillPhotoUrl(siteId, photo)} alt={t("station.photoOf", { lane: name })} />
					<button
						type="button"
						className="button square"
						aria-label={t("drill.removePhoto")}
						onClick={() => onRemovePhoto(photo)}
					>
						<Icon name="trash" size={16} />
					</button>
				</span>
			))}
			<PhotoButton
				label={t("drill.addPhoto")}
				unfit={isFull ? t("drill.tooManyPhotos", { count: mostPhotosOfLane }) : undefined}
				testIds={{ file: "drill-file" }}
				onPhoto={take}
			/>
		</div>
	);
}
