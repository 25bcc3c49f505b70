//! A list that grows while what it holds is borrowed.

use std::cell::OnceCell;

/// A list whose values stay where they are until it ends.
#[derive(Debug)]
pub(super) struct KeptList<T> {
    first: Link<T>,
}

/// The next value, if there is one.
type Link<T> = OnceCell<Box<Node<T>>>;

#[derive(Debug)]
struct Node<T> {
    value: T,
    next: Link<T>,
}

impl<T> Default for KeptList<T> {
    fn default() -> KeptList<T> {
        KeptList { first: OnceCell::new() }
    }
}

impl<T> KeptList<T> {
    /// Returns the end of the list, at which values are added.
    pub(super) fn end(&self) -> ListEnd<'_, T> {
        let mut link = &self.first;
        while let Some(node) = link.get() {
            link = &node.next;
        }
        ListEnd { link }
    }
}

impl<T> Drop for KeptList<T> {
    /// Drops the values one by one. By itself each would drop the next one, and overflow the stack.
    fn drop(&mut self) {
        let mut node = self.first.take();
        while let Some(mut this) = node {
            node = this.next.take();
        }
    }
}

/// The end of a list.
#[derive(Debug)]
pub(super) struct ListEnd<'l, T> {
    link: &'l Link<T>,
}

impl<'l, T> ListEnd<'l, T> {
    /// Adds a value, and returns it where it stays.
    pub(super) fn push(&mut self, value: T) -> &'l T {
        let node = self.link.get_or_init(|| Box::new(Node { value, next: OnceCell::new() }));
        self.link = &node.next;
        &node.value
    }
}
