export interface Line {
  sku: string;
  price: number;
  count: number;
}

export interface Cart {
  user: string;
  lines: Line[];
}

export interface Order {
  id: string;
  user: string;
  total: number;
  placed: Date;
}

export interface Receipt {
  order: string;
  state: 'paid' | 'declined';
}

export interface Session {
  user: string;
  permissions: string[];
}
