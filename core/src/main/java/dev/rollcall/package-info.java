/** Sessions with an exact live count. */
package dev.rollcall;
