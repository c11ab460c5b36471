;;; test.el --- copydesk in a real Emacs -*- lexical-binding: t; -*-

;; A draft is opened as a person with the configuration of editors/emacs/README.md opens it, and what Emacs then knows is
;; checked. Run by tests/editors/emacs/run, from the repository's root. Nothing is slept for: each check waits for its
;; condition.

(require 'cl-lib)
(require 'package)
(package-initialize)
(require 'eglot)
(require 'flymake)

(defconst page "editors/emacs/README.md")

(defconst patience 20 "Seconds that anything which must come is waited for.")

(defconst draft "\
Mayor Ilse Brandt opened the new ferry pier on Monday.

“The old pier had to go,” said Brandt. “Nobody will miss it.\"

“We wanted a longer one” said Tom Reyes, who runs the ferry.

Share this article
")

(defmacro await (what &rest condition)
  "Wait until CONDITION holds and return its value, or fail for want of WHAT."
  (declare (indent 1))
  `(let ((end (+ (float-time) patience)) value)
     (while (not (or (setq value (progn ,@condition)) (> (float-time) end)))
       (accept-process-output nil 0.02))
     (or value (error "Waited in vain for %s" ,what))))

(defun same (what actual expected)
  (unless (equal actual expected)
    (error "%s: %S, expected %S" what actual expected))
  (message "ok: %s" what))

(defun block (heading number)
  "The block of Emacs Lisp that stands as the NUMBER-th under HEADING of the page."
  (with-temp-buffer
    (insert-file-contents page)
    (re-search-forward (format "^## %s$" (regexp-quote heading)))
    (re-search-forward "^```elisp\n" nil nil number)
    (let ((start (point)))
      (re-search-forward "^```$")
      (buffer-substring start (match-beginning 0)))))

(defun findings ()
  "The findings of the buffer as (LINE . RULE), by line and rule."
  (sort (mapcar (lambda (finding)
                  (let ((text (flymake-diagnostic-text finding)))
                    (cons (line-number-at-pos (flymake-diagnostic-beg finding))
                          (if (string-match "\\[\\([a-z-]+\\)\\]" text) (match-string 1 text) text))))
                (flymake-diagnostics))
        (lambda (one other)
          (if (= (car one) (car other))
              (string< (cdr one) (cdr other))
            (< (car one) (car other))))))

(defun await-findings (expected)
  (ignore-errors (await "the findings" (equal (findings) expected)))
  (same (format "the findings in %s" (buffer-file-name)) (findings) expected))

(defun open-draft (folder name)
  "Write the draft as NAME into FOLDER, open it, and return its server."
  (let ((path (expand-file-name name (expand-file-name folder (getenv "COPYDESK_TEST_DRAFTS")))))
    (make-directory (file-name-directory path) t)
    (write-region draft nil path nil 'silent)
    (find-file path)
    ;; Without a screen no command ever ends, which is what Eglot waits for to connect.
    (run-hooks 'post-command-hook)
    (await "the connection" (eglot-current-server))))

(defun hover ()
  "What ElDoc is given for the place of point."
  (let (told)
    (eglot-hover-eldoc-function (lambda (info &rest _) (setq told info)))
    (substring-no-properties (await "the hover" told))))

(defun shut-down (server)
  "End SERVER as the protocol wants it; `eglot-shutdown' kills it before it can end by itself."
  (let ((process (cl-find-if (lambda (process) (string-prefix-p "EGLOT" (process-name process)))
                             (process-list))))
    (jsonrpc-request server :shutdown nil)
    (jsonrpc-notify server :exit nil)
    (await "the end of the server" (not (process-live-p process)))
    (same "the server ends by itself, without an error"
          (list (process-status process) (process-exit-status process))
          '(exit 0))
    (kill-buffer)))

;; Nothing is asked of a person who is not there.
(setq eglot-autoreconnect nil
      eglot-confirm-server-initiated-edits nil
      enable-local-variables :all)

(let ((path (expand-file-name "copydesk-page.el" (getenv "COPYDESK_TEST_DRAFTS"))))
  (write-region (block "Eglot" 1) nil path nil 'silent)
  (load path nil t t))

(let ((server (open-draft "plain" "pier.txt")))
  (await-findings '((3 . "mixed-quote-marks") (7 . "web-residue")))

  (goto-char (point-min))
  (search-forward "said Br")
  (let ((told (hover)))
    (unless (and (string-match-p "Ilse Brandt" told) (string-match-p "mayor" (downcase told)))
      (error "Hover tells %S" told)))
  (message "ok: hover tells who Brandt is")

  (search-forward "\"")
  (let ((action (car (eglot-code-actions (1- (point)) (point) "quickfix"))))
    (same "the first quick fix" (plist-get action :title) "Make it curly")
    (eglot--apply-workspace-edit (plist-get action :edit)))
  (goto-char (point-min))
  (forward-line 2)
  (same "the line with its mark mended"
        (buffer-substring (point) (line-end-position))
        "“The old pier had to go,” said Brandt. “Nobody will miss it.”")
  (await-findings '((7 . "web-residue")))
  (save-buffer)
  (shut-down server))

(let ((folder (expand-file-name "set" (getenv "COPYDESK_TEST_DRAFTS"))))
  (make-directory folder t)
  (write-region (block "Eglot" 2) nil (expand-file-name ".dir-locals.el" folder) nil 'silent)
  (let ((server (open-draft "set" "pier.txt")))
    (await-findings '((3 . "inverted-said") (3 . "mixed-quote-marks")))
    (shut-down server)))

;; Read as HTML, where lines do not count, the leftover is part of the only paragraph.
(let ((server (open-draft "page" "pier.html")))
  (await-findings '((3 . "mixed-quote-marks")))
  (shut-down server))

(message "all passed")

;;; test.el ends here
