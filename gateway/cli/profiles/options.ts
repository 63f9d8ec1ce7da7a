/** The options of `profiles`. */
export interface ProfilesOptions {
  readonly profileFolder: string;
  readonly json?: boolean;
}
