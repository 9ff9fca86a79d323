import type { ReactElement } from 'react'
import type { Question } from './questions.ts'
import './guide.css'

export function QuestionList({ questions }: { questions: readonly Question[] }): ReactElement {
  return (
    <div className="questions">
      {questions.map(({ id, asks, answers }) => (
        <details key={id}>
          <summary>{asks}</summary>
          {answers.length === 1 ? (
            <p>{answers[0]}</p>
          ) : (
            <ul>
              {answers.map((answer) => (
                <li key={answer}>{answer}</li>
              ))}
            </ul>
          )}
        </details>
      ))}
    </div>
  )
}
