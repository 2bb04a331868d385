export const log = {
  info: (message: string, details: object = {}) => console.log(message, details),
  warn: (message: string, details: object = {}) => console.warn(message, details),
};
