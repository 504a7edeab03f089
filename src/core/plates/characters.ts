/** The 31 signs for a province, an autonomous region or a municipality that begin a plate's text. */
export const provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

export const digits = "0123456789";

/** I and O never stand in a serial number: they would be taken for 1 and 0. */
export const serialLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ";

/** The letter of the issuing office. O is that of some provinces' own offices. */
export const officeLetters = `${serialLetters}O`;

/** What stands at the end of a plate for a special use, or (使) at the beginning of an old one. */
export const useSigns = "警学挂港澳使领应急临试超";

/** Every character that can stand on a plate, once. */
export const plateCharacters: readonly string[] = [...provinces, ...digits, ...serialLetters, "O", ...useSigns];

/** What stands for a character that could not be read (GA/T 1400). */
export const unread = "-";

/** What is said of a vehicle on which no plate was found over a whole stay (GA/T 1400). */
export const noPlate = "无车牌";
