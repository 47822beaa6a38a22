/** Users and departments in memory: who an actor is, who is below whom. Small, read on every request, reloaded when either table changes. */
import { AppError, type Locale } from '#engine/errors.ts';
import type { AppModel } from '#engine/model/app-model.ts';
import type { Actor, Place } from '#engine/permissions/actor.ts';
import type { Queryable } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { levelOfRoles, type Organisation, type OrganisationUser, rankOf, readOrganisation } from './organisation.ts';

export interface DirectoryUser extends OrganisationUser {
  readonly name: string;
  readonly login: string;
  readonly active: boolean;
  readonly locale: Locale;
}

export interface Directory {
  user(id: string): DirectoryUser | undefined;
  userByLogin(login: string): DirectoryUser | undefined;
  activeUsers(): readonly DirectoryUser[];
  /** Those who are not deleted, disabled ones too. */
  userCount(): number;
  /** Ids of the active system owners, in the order of their names. */
  owners(): string[];
  /** Ids of the active users of a role, in the order of their names. */
  withRole(role: string): string[];
  /** Ids of the active users of a department and of those below it. */
  inDepartment(department: string): string[];
  actor(userId: string): Actor;
  /** Ids of a department and of all below it. */
  departmentTree(id: string): string[];
  departmentName(id: string): string | undefined;
  /** Reads committed users; never inside a transaction that may yet be rolled back. */
  reload(db: Queryable): Promise<void>;
}

interface UserRow {
  id: string;
  name: string;
  login: string;
  active: number | null;
  locale: string | null;
}

export function createDirectory(model: () => AppModel): Directory {
  let users = new Map<string, DirectoryUser>();
  let departments: Organisation['departments'] = [];
  let actors = new Map<string, Actor>();
  let asked = 0;
  let shown = 0;

  const namesIn = (found: readonly DirectoryUser[]): string[] => [...found].sort((a, b) => (a.name < b.name ? -1 : 1)).map((user) => user.id);
  const activeUsers = (): DirectoryUser[] => [...users.values()].filter((user) => user.active);
  const ownerRoles = (): Set<string> => new Set(model().roles.filter((role) => role.owner).map((role) => role.name));

  function subordinatesOf(id: string): string[] {
    const found = new Set<string>();
    const open = [id];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const user of users.values()) {
        if (user.superior === next && user.id !== id && !found.has(user.id)) {
          found.add(user.id);
          open.push(user.id);
        }
      }
    }
    return [...found];
  }

  function departmentsAbove(id: string): string[] {
    const found: string[] = [];
    for (let next: string | null = id; next !== null && !found.includes(next); next = departments.find((one) => one.id === next)?.parent ?? null) found.push(next);
    return found;
  }

  function departmentTree(id: string): string[] {
    return departments.filter((one) => departmentsAbove(one.id).includes(id)).map((one) => one.id);
  }

  function placeOf(user: DirectoryUser): Place {
    const rank = rankOf(model(), user);
    return {
      rank,
      departments: user.departments,
      departmentTree: [...new Set(user.departments.flatMap(departmentTree))],
      juniors: [...users.values()].filter((other) => rankOf(model(), other) < rank).map((other) => other.id),
      openDepartments: departments.filter((one) => one.peerVisibility).map((one) => one.id),
      shareKeys: [`user:${user.id}`, ...[...new Set(user.departments.flatMap(departmentsAbove))].map((id) => `department:${id}`), ...user.roles.map((role) => `role:${role}`)],
    };
  }

  return {
    departmentTree,
    departmentName: (id) => departments.find((one) => one.id === id)?.name,
    user: (id) => users.get(id),
    userByLogin: (login) => {
      const wanted = login.trim().toLowerCase();
      return [...users.values()].find((user) => user.login.toLowerCase() === wanted);
    },
    activeUsers,
    userCount: () => users.size,
    owners() {
      const owning = ownerRoles();
      return namesIn(activeUsers().filter((user) => user.roles.some((role) => owning.has(role))));
    },
    withRole: (role) => namesIn(activeUsers().filter((user) => user.roles.includes(role))),
    inDepartment(department) {
      const tree = new Set(departmentTree(department));
      return activeUsers().filter((user) => user.department !== null && tree.has(user.department)).map((user) => user.id);
    },
    actor(userId) {
      const known = actors.get(userId);
      if (known) return known;
      const user = users.get(userId);
      if (!user?.active) throw new AppError('unauthenticated', { 'zh-CN': '请先登录', en: 'Sign in first' });
      const owning = ownerRoles();
      const actor: Actor = {
        userId,
        departmentId: user.department,
        subordinateIds: subordinatesOf(userId),
        roles: user.roles,
        locale: user.locale,
        unrestricted: user.roles.some((role) => owning.has(role)),
        level: levelOfRoles(model(), user.roles),
        place: placeOf(user),
      };
      actors.set(userId, actor);
      return actor;
    },
    async reload(db) {
      asked += 1;
      const turn = asked;
      const organisation = await readOrganisation(db, model());
      const rows = await db.all<UserRow>(sql`SELECT id, name, login, active, locale FROM "user" WHERE deleted_at IS NULL`);
      // An older look that answers late must not bring back who was disabled meanwhile.
      if (turn < shown) return;
      shown = turn;
      const placed = new Map(organisation.users.map((user) => [user.id, user]));
      departments = organisation.departments;
      users = new Map(
        rows.flatMap((row) => {
          const user = placed.get(row.id);
          return user ? [[row.id, { ...user, name: row.name, login: row.login, active: row.active === 1, locale: row.locale === 'en' ? ('en' as const) : ('zh-CN' as const) }]] : [];
        }),
      );
      actors = new Map();
    },
  };
}
