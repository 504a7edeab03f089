/** A small picture of brightness alone, made from a frame: what appearance is compared with. */
export interface GreyPicture {
	readonly width: number;
	readonly height: number;
	/** Row by row, 0 black to 255 white: width * height bytes. */
	readonly luma: Uint8Array;
}
