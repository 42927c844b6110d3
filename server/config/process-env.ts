/** The process's environment, read in this one place; everything else is given a `Config`. */
export const processEnv: Readonly<Record<string, string | undefined>> = process.env;
