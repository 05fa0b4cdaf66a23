declare module '@20minutes/s3rver' {
  /** A little server that speaks S3 and checks signatures. */
  export default class S3rver {
    constructor(options: object);
    run(): Promise<{ readonly port: number }>;
    close(): Promise<void>;
  }
}
