/** What `error` is called on where it hands a failure on: `observer.error(e)` of a stream is no line in a log. */
export const receivers =
  /observer|subscri|callback|handler|controller|subject|sink|listener|emitter|^(?:opts|options)$/i;
